/** How typed text is compared: case, width and outer spaces do not count. */
export const normalise = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

const MAX_QUOTED_LENGTH = 40;

/** Typed text as a sentence may repeat it: one line, at most 40 characters, nothing that hides or turns the writing. */
export const quotable = (text: string): string => {
  const clean = text.replace(/\p{C}/gu, ' ').replace(/\s+/g, ' ').trim();
  const characters = [...clean];
  return characters.length <= MAX_QUOTED_LENGTH ? clean : `${characters.slice(0, MAX_QUOTED_LENGTH - 1).join('')}…`;
};
