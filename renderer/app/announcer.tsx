import { useAnnouncements } from './announcements.ts';

/** Heard, not seen. */
export const Announcer = () => (
  <div role="status" aria-live="polite" className="sr-only">
    {useAnnouncements(({ text }) => text)}
  </div>
);
