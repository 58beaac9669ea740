import { copyText } from './copy-text.ts';

/** The end of an id, which tells it apart; a press copies the whole. */
export const ShortId = ({ id, length = 8 }: { readonly id: string; readonly length?: number }) => (
  <button
    type="button"
    title={id}
    aria-label={`Copy id ${id}`}
    className="min-h-6 rounded-sm font-mono text-log text-ink-3 hover:bg-hover"
    onClick={() => void copyText(id, 'id')}
  >
    {id.length <= length ? id : `…${id.slice(-length)}`}
  </button>
);
