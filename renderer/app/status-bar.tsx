import { useFeedStatus } from '../live/feed-status.ts';
import { statusSentence } from './status-words.ts';

/** Told across the whole page while what is shown may be old. */
export function StatusBar({ name }: { readonly name: string }) {
  const status = useFeedStatus((feed) => feed.status);
  const sentence = statusSentence(status, name);
  if (sentence === null) return null;
  return (
    <div role="alert" className="border-b border-line bg-sunken px-4 py-1.5 font-semibold">
      {sentence}
    </div>
  );
}
