import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

interface Before {
  fanouts: { id: number; plan: string };
}

/** Plans for all channels name the kind of their story, which was called as the kind of card that a channel must want. */
export const planKinds: Migration = {
  up: async (db: Kysely<Before>) => {
    const rows = await db.selectFrom('fanouts').select(['id', 'plan']).execute();
    for (const { id, plan } of rows) {
      const { wanted, ...others } = JSON.parse(plan) as { wanted?: string };
      if (wanted === undefined) continue;
      const renamed = JSON.stringify({ ...others, of: wanted });
      await db.updateTable('fanouts').set({ plan: renamed }).where('id', '=', id).execute();
    }
  },
};
