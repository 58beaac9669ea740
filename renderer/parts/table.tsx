import type { ReactNode } from 'react';

interface TableProps {
  readonly label: string;
  readonly headings: readonly string[];
  readonly children: ReactNode;
}

/** A short table; a long one is a `VirtualGrid`. */
export const Table = ({ label, headings, children }: TableProps) => (
  <div className="overflow-x-auto">
    <table aria-label={label} className="w-full border-collapse">
      <thead>
        <tr className="border-b border-line text-left text-meta text-ink-3">
          {headings.map((heading) => (
            <th key={heading} scope="col" className="py-1 pr-4 font-normal">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

export const Row = ({ children }: { readonly children: ReactNode }) => (
  <tr className="border-b border-line align-top">{children}</tr>
);

export const Cell = ({ children }: { readonly children: ReactNode }) => <td className="py-1.5 pr-4">{children}</td>;
