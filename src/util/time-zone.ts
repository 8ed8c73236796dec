const known = new Map<string, boolean>();

/** Whether `text` is an IANA name such as `Asia/Seoul`; an offset such as `+09:00` is not. */
export const isTimeZone = (text: string): boolean => {
  const before = known.get(text);
  if (before !== undefined) return before;
  let is = /^[A-Za-z]/.test(text) && text.length <= 64;
  try {
    if (is) new Intl.DateTimeFormat('en', { timeZone: text });
  } catch {
    is = false;
  }
  if (known.size < 1_000) known.set(text, is);
  return is;
};
