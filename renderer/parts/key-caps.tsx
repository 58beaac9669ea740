import { formatKeys } from '../app/key-strokes.ts';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Keys as they are printed on a keyboard. */
export const KeyCaps = ({ keys }: { readonly keys: string }) =>
  keys === '' ? null : (
    <span className="inline-flex gap-1">
      {formatKeys(keys, isMac).map((stroke) => (
        <KeyCap key={stroke} name={stroke} />
      ))}
    </span>
  );

export const KeyCap = ({ name }: { readonly name: string }) => (
  <kbd className="rounded-sm border border-edge bg-panel px-1 whitespace-nowrap text-ink-2">{name}</kbd>
);
