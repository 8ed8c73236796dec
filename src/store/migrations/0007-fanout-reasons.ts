import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

interface After {
  fanouts: { id: number; plan: string; symbol: string };
}

interface Plan {
  readonly kind: string;
  readonly symbol?: string;
  readonly alerts?: readonly { readonly session: string }[];
  readonly stories?: Readonly<Record<string, number>>;
}

/** Stories of a slide that channels still need are made of the first one, which the plan has for every session. */
const withDrafts = (plan: Plan): Plan => {
  const [draft] = Object.values(plan.stories ?? {});
  if (plan.kind !== 'slide' || draft === undefined) return plan;
  const drafts = Object.fromEntries((plan.alerts ?? []).map(({ session }) => [session, draft]));
  return { ...plan, drafts } as Plan;
};

/** What a plan is about and what was decided for how many channels; until when a mute held a delivery back. */
export const fanoutReasons: Migration = {
  up: async (db: Kysely<After>) => {
    await db.schema
      .alterTable('fanouts')
      .addColumn('symbol', 'text', (it) => it.notNull().defaultTo('*'))
      .execute();
    await db.schema
      .alterTable('fanouts')
      .addColumn('counts', 'text', (it) => it.notNull().defaultTo('{}'))
      .execute();
    await db.schema.alterTable('deliveries').addColumn('muted_until', 'bigint').execute();
    for (const row of await db.selectFrom('fanouts').select(['id', 'plan']).execute()) {
      const plan = JSON.parse(row.plan) as Plan;
      await db
        .updateTable('fanouts')
        .set({ symbol: plan.symbol ?? '*', plan: JSON.stringify(withDrafts(plan)) })
        .where('id', '=', row.id)
        .execute();
    }
  },
};
