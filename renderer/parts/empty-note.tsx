import type { ReactNode } from 'react';

/** Nothing is there, and that is told: why, and what would bring something. */
export const EmptyNote = ({ children }: { readonly children: ReactNode }) => (
  <p className="py-1 text-ink-2">{children}</p>
);
