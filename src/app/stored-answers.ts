import { deleteOpenAnswer, readOpenAnswers, writeOpenAnswer } from '../store/open-answers.ts';
import type { Store } from '../store/store.ts';
import type { OpenAnswers } from '../stories/open-answers.ts';
import type { Logger } from '../telemetry/log.ts';

/** Both platforms let an answer be followed for so long; afterwards nobody can be reached by it. */
const REACHABLE_MS = 15 * 60_000;

/** The open answers over the store. A fault of the store is told to the log: a person is answered all the same. */
export const createOpenAnswers = (store: Store, log: Logger, now: () => number): OpenAnswers => {
  const tried = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work();
    } catch (err) {
      log.error({ err }, 'an open answer cannot be remembered or forgotten');
      return otherwise;
    }
  };
  return {
    begin: (answer) => tried(() => writeOpenAnswer(store.db, answer), undefined),
    end: (id) => tried(() => deleteOpenAnswer(store.db, id), undefined),
    left: (platform) =>
      tried(
        () =>
          store.transaction(async (db) => {
            const all = await readOpenAnswers(db, platform);
            for (const { id } of all) await deleteOpenAnswer(db, id);
            return all.filter(({ createdAt }) => now() - createdAt < REACHABLE_MS);
          }),
        [],
      ),
  };
};
