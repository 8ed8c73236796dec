import type { BoardText } from './board-text.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

const TEXTS: Readonly<Record<string, BoardText>> = { en, ko };

/** The page's texts in a language; English where it has none in that language. */
export const textIn = (language: string): BoardText => TEXTS[language] ?? en;
