import { html as hono, raw } from 'hono/html';

/** Escaped markup. */
export type Html = ReturnType<typeof hono>;

/** A template that escapes its values, except for markup; joins arrays, omits undefined and false. */
export const html = hono;

/** Unescaped; for our own style sheet, script and pictures only. */
export const trusted = (markup: string): Html => raw(markup);
