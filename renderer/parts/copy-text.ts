import { announce } from '../app/announcements.ts';

/** Copies all of it and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce(`Copied ${what}`);
  } catch {
    // The browser allows it only while the page has the focus.
    announce(`Not copied: click into the page, then copy ${what} again`);
  }
}
