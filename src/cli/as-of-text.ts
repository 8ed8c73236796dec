/** "as known by the end of 2024-07-30", "as known on 2024-08-28 at 16:15 in New York". */
export const asOfText = (asOf: string): string => {
  const [day, time] = asOf.split('T');
  return time === undefined ? `as known by the end of ${day}` : `as known on ${day} at ${time} in New York`;
};
