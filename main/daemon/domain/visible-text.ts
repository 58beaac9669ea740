/**
 * A text of somebody else for a sentence of ours: what cannot be seen, steers a terminal or turns the direction of what
 * stands around it is drawn by its name, `U+202E`. Line ends and tabs pass.
 */
export const visibleText = (text: string): string => text.replace(UNSEEN, nameOf);

/**
 * Control and format characters, and halves of characters. The two joiners stay: scripts and emoji are made with them.
 */
const UNSEEN = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;

const nameOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
