import { useQuery } from '@tanstack/react-query';
import { getInstance } from '../../../contract/client/instance-routes.ts';
import { listLicences } from '../../../contract/client/licence-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { useNamedSubject } from '../../app/screen-subject.ts';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { Facts } from '../../parts/facts.tsx';
import { Answer, Region } from '../../parts/region.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { plural } from '../../words/format-number.ts';
import { formatExact } from '../../words/format-time.ts';
import { instanceFacts } from './instance-facts.ts';

/** Which daemon this is, what comes along with it, and what it tells others: nothing. */
export function About() {
  useNamedSubject('About');
  const connection = useConnection();
  const instance = useQuery({ queryKey: keys.instance, queryFn: () => unwrapView(getInstance(connection)) });
  const licences = useQuery({ queryKey: keys.licences, queryFn: () => unwrapView(listLicences(connection)) });
  return (
    <>
      <h1>About Codencer</h1>
      <p className="pb-3 text-ink-2">
        A bridge between who plans coding work and who does it. It keeps the evidence, stops at gates and tells one true
        state.
      </p>
      <Region heading="This daemon">
        <Answer asked={instance} what="this daemon">
          {(found) => {
            const facts = instanceFacts(found, formatExact);
            return (
              <>
                <Facts facts={facts} />
                <Button
                  className="mt-2"
                  onClick={() => void copyText(facts.map(({ name, value }) => `${name}: ${value}`).join('\n'), 'facts')}
                >
                  Copy facts
                </Button>
              </>
            );
          }}
        </Answer>
      </Region>
      <Region heading="What it tells others">
        <p>
          Nothing. There is no telemetry, no check for updates, and this page loads nothing from elsewhere. Agents that
          you run talk to their own vendors.
        </p>
      </Region>
      <Region heading="Licences">
        <Answer asked={licences} what="the licences">
          {(list) => (
            <>
              <p className="pb-2 text-ink-2">{plural(list.length, 'package')} of others come along.</p>
              <Table label="Licences" headings={['Package', 'Version', 'Licence']}>
                {list.map(({ name, version, licence }) => (
                  <Row key={`${name} ${version}`}>
                    <Cell>{name}</Cell>
                    <Cell>{version}</Cell>
                    <Cell>{licence}</Cell>
                  </Row>
                ))}
              </Table>
            </>
          )}
        </Answer>
      </Region>
    </>
  );
}
