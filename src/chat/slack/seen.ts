const REMEMBERED = 1_000;

/** Whether an id comes for the first time. Slack sends an event again where its acknowledgement got lost. */
export const createSeen = (): ((id: string) => boolean) => {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return true;
  };
};
