import { Monitor } from 'lucide-react';
import type { ClientInstance } from '../../contract/client/client-instance.ts';

/** On which side of the machine the work is done: paths, editors and programs are of that side. */
export function SideBadge({ facts }: { readonly facts: ClientInstance | undefined }) {
  const side = facts?.system ?? '';
  if (side === '') return null;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap text-ink-2" title={`The daemon runs on ${side}`}>
      <Monitor aria-hidden size={16} strokeWidth={1.62} />
      {side}
    </span>
  );
}
