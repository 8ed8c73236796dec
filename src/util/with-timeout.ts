/** Waits until `work` settles or `ms` milliseconds have passed. Never rejects. */
export const waitAtMost = async (work: Promise<unknown>, ms: number): Promise<void> => {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([Promise.allSettled([work]), over]);
  clearTimeout(timer);
};
