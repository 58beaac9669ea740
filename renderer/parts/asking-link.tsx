import type { ReactNode } from 'react';
import { useOutsideLink } from './outside-link.tsx';

interface AskingLinkProps {
  readonly url: string;
  readonly children: ReactNode;
}

/** Leads out of this computer, and is followed only by who has seen where to. */
export function AskingLink({ url, children }: AskingLinkProps) {
  const { ask, dialog } = useOutsideLink();
  return (
    <>
      <button
        type="button"
        title={url}
        className="inline text-left text-accent underline decoration-dotted"
        onClick={() => ask(url)}
      >
        {children}
      </button>
      {dialog}
    </>
  );
}
