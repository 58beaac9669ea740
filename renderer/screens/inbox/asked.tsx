import type { ClientGate, ClientPermissionRequest } from '../../../contract/client/client-gate.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import { AskedDiff } from './asked-diff.tsx';
import { AskedText } from './asked-text.tsx';
import { AskedWork } from './asked-work.tsx';
import { readableJson } from './readable-json.ts';

/** Whether it is asked about what an attempt left, which has to be fetched first. */
export const isWorkAsked = ({ request, kind, attemptId }: ClientGate): boolean =>
  request === null && kind !== 'manual' && attemptId !== '';

interface AskedProps {
  readonly gate: ClientGate;
  /** All of it is there: nothing is still on its way. */
  readonly onWhole: () => void;
}

/** What is asked, all of it: never a description instead. */
export function Asked({ gate, onWhole }: AskedProps) {
  const { request, kind, description } = gate;
  if (request !== null) return <AskedRequest request={request} />;
  if (kind === 'manual') return <AskedText label="To do" what="task" text={description} />;
  if (isWorkAsked(gate)) return <AskedWork gate={gate} onWhole={onWhole} />;
  return (
    <p>
      <SeenText text={description} />
    </p>
  );
}

function AskedRequest({ request }: { readonly request: ClientPermissionRequest }) {
  const { command, paths, diff, input, tool, toolKind, title } = request;
  return (
    <>
      {command === '' ? null : <AskedText label="Command" what="command" text={command} />}
      {paths.length === 0 ? null : <AskedText label="Files" what="paths" text={paths.join('\n')} />}
      {diff === '' ? null : <AskedDiff label="Change" diff={diff} />}
      {input === '' || input === command ? null : (
        <AskedText label="Input" what="input" text={input} shown={readableJson(input)} />
      )}
      <p className="text-ink-2">
        Tool: <SeenText text={tool} /> ({toolKind}).
        {title === '' || title === command ? null : (
          <>
            {' '}
            The agent calls it “<SeenText text={title} />
            ”.
          </>
        )}
      </p>
    </>
  );
}
