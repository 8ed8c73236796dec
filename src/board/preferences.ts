import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';

/** Colours: the computer's choice, or the reader's. */
export const THEMES = ['system', 'light', 'dark'] as const;

export type ColourChoice = (typeof THEMES)[number];

/** How a reader wants the pages. */
export interface Preferences {
  readonly theme: ColourChoice;
  readonly words: Translator;
  /** The language that the reader has chosen, in which cards are shown, too. */
  readonly chosen?: Language;
}

/** Cookies are shared by all ports of a host, so the names say whose they are. */
const THEME_COOKIE = 'slidewatch-theme';
const LANGUAGE_COOKIE = 'slidewatch-language';

const YEAR_S = 365 * 24 * 60 * 60;

const themeOf = (text: unknown): ColourChoice | undefined => THEMES.find((theme) => theme === text);

/** What the reader has chosen, else the computer's colours and `language`; what makes no sense is as if not chosen. */
export const preferencesOf = (context: Context, catalogue: Catalogue, language: string | undefined): Preferences => {
  const cookie = getCookie(context, LANGUAGE_COOKIE);
  const chosen = cookie !== undefined && catalogue.isLanguage(cookie) ? cookie : undefined;
  return {
    theme: themeOf(getCookie(context, THEME_COOKIE)) ?? 'system',
    words: catalogue.orEnglish(chosen ?? language),
    ...(chosen !== undefined && { chosen }),
  };
};

/** The path and query to go back to; the home page for anything that is not on this board. */
const ownAddress = (text: unknown): string => {
  const base = 'http://board.invalid';
  const url = typeof text === 'string' && text.startsWith('/') ? URL.parse(text, base) : null;
  // "/.//host" has the path "//host", which a browser takes for another host.
  return url === null || url.origin !== base || url.pathname.startsWith('//') ? '/' : `${url.pathname}${url.search}`;
};

/** Remembers what a form of the pages says for a year, and gives the address to go back to. */
export const remember = (
  context: Context,
  form: { readonly theme?: unknown; readonly language?: unknown; readonly to?: unknown },
  catalogue: Catalogue,
  isSecure: boolean,
): string => {
  const set = (name: string, value: string): void =>
    setCookie(context, name, value, {
      ...{ path: '/', maxAge: YEAR_S, httpOnly: true, sameSite: 'Lax', secure: isSecure },
    });
  const theme = themeOf(form.theme);
  if (theme) set(THEME_COOKIE, theme);
  const { language } = form;
  if (typeof language === 'string' && catalogue.isLanguage(language)) set(LANGUAGE_COOKIE, language);
  return ownAddress(form.to);
};
