import { SeenText } from '../../parts/seen-text.tsx';

/** A path of which the folders give way first when there is no room. */
export function FilePath({ path }: { readonly path: string }) {
  const cut = path.lastIndexOf('/') + 1;
  return (
    <span className="flex min-w-0 font-mono text-log whitespace-pre" title={path}>
      {cut === 0 ? null : (
        <span className="min-w-0 shrink-[1000] truncate text-ink-2">
          <SeenText text={path.slice(0, cut)} />
        </span>
      )}
      <span className="min-w-0 truncate">
        <SeenText text={path.slice(cut)} />
      </span>
    </span>
  );
}
