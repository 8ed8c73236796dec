/** Waits until `work` has ended, either way, or `ms` milliseconds are over. Never rejects. */
export const waitAtMost = async (work: Promise<unknown>, ms: number): Promise<void> => {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([Promise.allSettled([work]), over]);
  clearTimeout(timer);
};
