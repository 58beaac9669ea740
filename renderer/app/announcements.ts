import { create } from 'zustand';

interface Announcements {
  readonly text: string;
  readonly say: (text: string) => void;
}

/** What a screen reader is told, politely. One region for the whole page: two would talk at the same time. */
export const useAnnouncements = create<Announcements>()((set) => ({ text: '', say: (text) => set({ text }) }));

const TOGETHER_MS = 2000;
const MANY = 3;
let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;

/** Said at once when nothing was said lately; otherwise with what else comes within two seconds. */
export function announce(text: string): void {
  waiting.push(text);
  if (timer !== null) return;
  flush();
  timer = setTimeout(() => {
    timer = null;
    if (waiting.length > 0) flush();
  }, TOGETHER_MS);
}

function flush(): void {
  const texts = waiting;
  waiting = [];
  useAnnouncements
    .getState()
    .say(texts.length > MANY ? `${texts.length} changes` : texts.map((text) => text.replace(/\.$/, '')).join('. '));
}
