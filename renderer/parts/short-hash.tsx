import { copyText } from './copy-text.ts';

const SHOWN = 12;

/** The beginning of a hash, by which git and people know it; a press copies the whole. */
export const ShortHash = ({ hash }: { readonly hash: string }) =>
  hash === '' ? (
    <span className="text-ink-3">not hashed</span>
  ) : (
    <button
      type="button"
      title={hash}
      aria-label={`Copy hash ${hash}`}
      className="min-h-6 rounded-sm font-mono text-log text-ink-2 hover:bg-hover"
      onClick={() => void copyText(hash, 'hash')}
    >
      {hash.slice(0, SHOWN)}
    </button>
  );
