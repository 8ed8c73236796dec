import { html as hono, raw } from 'hono/html';

/** Markup whose parts are escaped already. */
export type Html = ReturnType<typeof hono>;

/** Markup in which every value is escaped that is not markup itself; arrays are joined, undefined is nothing. */
export const html = hono;

/** For our own style sheet, script and drawings only. */
export const trusted = (markup: string): Html => raw(markup);
