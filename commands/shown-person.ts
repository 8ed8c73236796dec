/** Longer names are cut. */
const MAX_LENGTH = 40;

/** A person's name as a card shows it: one line without invisible characters; undefined if nothing is left. */
export const shownPerson = (name: string | undefined): string | undefined => {
  const visible = (name ?? '').replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  if (visible === '') return undefined;
  const letters = [...visible];
  return letters.length <= MAX_LENGTH ? visible : `${letters.slice(0, MAX_LENGTH - 1).join('')}…`;
};
