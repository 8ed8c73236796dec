/** What fits on one line of the narrowest card, for what comes unasked. */
const ALERT_TITLE = 34;

/** The first of several wordings of a title that fits on one line; the shortest is the last. */
export const firstFitting = (wordings: readonly string[]): string =>
  wordings.find((text) => text.length <= ALERT_TITLE) ?? wordings.at(-1) ?? '';

const MARK = /^[▼▲■◐]\s*/u;

/** A title without the mark of an alert: an answer has none. */
export const withoutMark = (title: string): string => title.replace(MARK, '');
