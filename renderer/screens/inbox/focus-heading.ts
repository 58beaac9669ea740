export const INBOX_HEADING = 'inbox-heading';

/**
 * Gives the focus to the heading when nothing has it: what had it has gone, or the frame has given it to the whole
 * screen, where letters do nothing.
 */
export const focusHeadingIfLost = (): number =>
  requestAnimationFrame(() => {
    const holder = document.activeElement;
    if (holder === document.body || holder?.id === 'main') document.getElementById(INBOX_HEADING)?.focus();
  });
