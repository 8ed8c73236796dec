import { userInfo } from 'node:os';
import { FACTS_FOLDER, loadFacts } from '../facts/fact-files.ts';
import { rangeText } from '../facts/guidance.ts';
import { confirm } from '../facts/proposals/confirm.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { readFiledFacts } from '../store/filed-facts.ts';
import { decideProposal, readProposals, type StoredProposal } from '../store/proposals.ts';
import { databaseName, openStore, type Store, storeExists } from '../store/store.ts';
import { publishedText } from './fact-text.ts';
import { databaseUrl, lookUp } from './own-store.ts';
import { UsageError } from './usage-error.ts';

const decidedText = ({ state, decided }: StoredProposal): string =>
  decided ? `${state} by ${decided.by} on ${newYorkDay(decided.at)}` : 'open';

const proposalText = (it: StoredProposal): string => {
  const { subject, metric, label, basis, source } = it.fact;
  return [
    `${it.id}  ${subject} ${metric} ${label}: ${rangeText(it.fact)} (${basis})${it.state === 'open' ? '' : `, ${decidedText(it)}`}`,
    `   “${it.sentence}”`,
    `   ${publishedText(it.fact)}, ${source.title}, ${source.url}`,
  ].join('\n');
};

const noDatabase = async (): Promise<UsageError> =>
  new UsageError(
    `there is no database at ${await databaseName(databaseUrl())}; correct DATABASE_URL, or start the bot or run npm run facts -- refresh, which make one`,
  );

/**
 * `facts proposals`: the guidance that waits for a person, or, with `all`, everything that was ever proposed.
 * @throws UsageError without a database
 */
export const listProposals = async ({ all = false }: { readonly all?: boolean | undefined }): Promise<string> => {
  const found = await lookUp((db) => readProposals(db, all ? {} : { state: 'open' }));
  if (!found) throw await noDatabase();
  if (found.length === 0) return all ? 'No guidance was ever proposed.\n' : 'No guidance waits to be confirmed.\n';
  return `${found.map(proposalText).join('\n\n')}\n`;
};

/** Who decides: the name that was given, else that of the account. */
const nameOf = (by: string | undefined): string => {
  const name = by?.trim() || process.env.USER?.trim();
  if (name) return name;
  try {
    return userInfo().username;
  } catch {
    throw new UsageError('say who you are: --by NAME');
  }
};

const notThere = (id: number): UsageError =>
  new UsageError(`there is no proposal ${id}; npm run facts -- proposals lists them`);

const openProposal = async (store: Store, id: number): Promise<StoredProposal> => {
  const found = (await readProposals(store.db)).find((it) => it.id === id);
  if (!found) throw notThere(id);
  if (found.state !== 'open') throw new UsageError(`proposal ${id} was ${decidedText(found)}; nothing is changed`);
  return found;
};

interface Decision {
  readonly id: number;
  readonly by: string | undefined;
  readonly isAccepted: boolean;
  readonly now: number;
}

/**
 * `facts accept` and `facts reject`: decides a proposal once and for all. An accepted one is a figure of the ledger, and
 * counts from when it was published.
 * @throws UsageError without a database, for an unknown or decided proposal, and for one that the ledger contradicts
 */
export const decide = async ({ id, by, isAccepted, now }: Decision): Promise<string> => {
  const name = nameOf(by);
  const curated = loadFacts(FACTS_FOLDER);
  if (!(await storeExists(databaseUrl()))) throw await noDatabase();
  const store = await openStore(databaseUrl());
  try {
    const proposal = await openProposal(store, id);
    const confirmed = isAccepted
      ? confirm(proposal, [...curated, ...(await readFiledFacts(store.db, proposal.fact.subject))])
      : undefined;
    if (confirmed && 'refused' in confirmed)
      throw new UsageError(`proposal ${id}: ${confirmed.refused}; reject it, or correct the ledger`);
    const isDecided = await store.transaction((db) =>
      decideProposal(db, proposal, { by: name, at: now, ...(confirmed && { accepted: confirmed.fact }) }),
    );
    if (!isDecided) await openProposal(store, id);
    const { subject, metric, label } = proposal.fact;
    const what = `${subject} ${metric} ${label}, ${rangeText(proposal.fact)}`;
    return confirmed
      ? `Accepted: ${what}. It counts from ${publishedText(confirmed.fact)}, New York.\n`
      : `Rejected: ${what}.\n`;
  } finally {
    await store.close();
  }
};
