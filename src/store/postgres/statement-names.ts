/** More statements than this program has; a server keeps a plan of each. */
const MOST_NAMES = 400;

/**
 * Names of the statements that are used more than once: the server parses and plans those once a connection, which is
 * half of the work of a look at the queue.
 */
export const createStatementNames = (): ((text: string) => string | undefined) => {
  const names = new Map<string, string>();
  return (text) => {
    const name = names.get(text);
    // Its first use gets none.
    if (name === undefined && names.size < MOST_NAMES) names.set(text, `s${names.size}`);
    return name;
  };
};
