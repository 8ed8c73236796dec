const DAY = /^(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[일.]?$/u;

/** A day as YYYY-MM-DD: `2024-7-3`, `2024년 7월 3일`. Undefined for what is none. */
export const readDate = (typed: string): string | undefined => {
  const [, year = '', month = '', day = ''] = DAY.exec(typed) ?? [];
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
};
