import { useQuery } from '@tanstack/react-query';
import { getInstance } from '../../../contract/client/instance-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { useNamedSubject } from '../../app/screen-subject.ts';
import { Answer, Region } from '../../parts/region.tsx';
import { Footprint } from './footprint.tsx';
import { FoundExecutors } from './found-executors.tsx';
import { Readiness } from './readiness.tsx';
import { Sample } from './sample.tsx';

/** From nothing to a finished run, with what happens to the repository said before it happens. */
export function Welcome() {
  useNamedSubject('First run');
  const connection = useConnection();
  const instance = useQuery({ queryKey: keys.instance, queryFn: () => unwrapView(getInstance(connection)) });
  return (
    <div className="max-w-[70rem]">
      <h1>First run</h1>
      <p className="pb-3 text-ink-2">
        Less than a minute, no account, no network. Nothing is started until you press the button below.
      </p>
      <Region heading="What Codencer does to your repository">
        <Answer asked={instance} what="which repository this is">
          {(found) => <Footprint instance={found} />}
        </Answer>
      </Region>
      <Readiness />
      <FoundExecutors />
      <Sample />
    </div>
  );
}
