/** Slack's header holds 150 characters and is the tightest of all places. */
export const TITLE_LIMIT = 150;

/** Cuts a title that names from outside made too long; counts UTF-16 units, as the platforms do. */
export const fitTitle = (title: string): string => {
  if (title.length <= TITLE_LIMIT) return title;
  const cut = title.slice(0, TITLE_LIMIT - 1);
  // Never half of a surrogate pair.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
};
