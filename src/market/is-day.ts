const DAY_PATTERN = /^\d{4}-\d\d-\d\d$/;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Whether `text` is an existing day, `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => {
  if (!DAY_PATTERN.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  return month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysIn(Number(text.slice(0, 4)), month));
};
