import { useRef } from 'react';
import type { ClientInstance } from '../../contract/client/client-instance.ts';
import { Button } from '../parts/button.tsx';

/** Told when another version of the daemon answers than the one that this page came from. */
export function UpdateBar({ facts }: { readonly facts: ClientInstance | undefined }) {
  const first = useRef<string | null>(null);
  if (facts !== undefined) first.current ??= facts.version;
  if (facts === undefined || first.current === facts.version) return null;
  return (
    <div role="status" className="flex items-center gap-3 border-b border-line bg-sunken px-4 py-1.5 font-semibold">
      The daemon was updated from {first.current} to {facts.version}. This page is of the older one.
      <Button onClick={() => location.reload()}>Reload this page</Button>
    </div>
  );
}
