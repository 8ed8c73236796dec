import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

interface Before {
  filed_facts: { id: string; subject: string; body: string };
}

/** Subject, metric, period, basis and day, of figures that were stored under the wrong basis. */
const MISNAMED = /^(MSFT\/finance_lease_principal\/[^/]+)\/cash_flow_statement\/([^/]+)$/;

const renamed = (id: string): string => id.replace(MISNAMED, '$1/note_to_the_accounts/$2');

/** Microsoft tells its lease repayments in a note to its accounts; its cash flow statement has no such line. */
export const leaseBasis: Migration = {
  up: async (db: Kysely<Before>) => {
    const rows = await db.selectFrom('filed_facts').select(['id', 'body']).where('subject', '=', 'MSFT').execute();
    const taken = new Set(rows.map(({ id }) => id));
    for (const { id, body } of rows.filter((row) => MISNAMED.test(row.id))) {
      if (taken.has(renamed(id))) {
        await db.deleteFrom('filed_facts').where('id', '=', id).execute();
        continue;
      }
      const { supersedes, ...fact } = JSON.parse(body) as { readonly supersedes?: string };
      const changed = {
        ...fact,
        id: renamed(id),
        basis: 'note_to_the_accounts',
        ...(supersedes !== undefined && { supersedes: renamed(supersedes) }),
      };
      await db
        .updateTable('filed_facts')
        .set({ id: renamed(id), body: JSON.stringify(changed) })
        .where('id', '=', id)
        .execute();
    }
  },
};
