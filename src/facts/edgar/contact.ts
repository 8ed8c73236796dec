import { EdgarError } from './edgar-error.ts';

/** A name and a mail address, in characters that an HTTP header may hold. */
const CONTACT = /^(?=.*[\p{L}\d]+.*\s)[\x20-\x7E]*\S+@[\w-]+(\.[\w-]+)+[\x20-\x7E]*$/u;

/** Whether a text has the form "Name contact@domain". */
export const isContact = (text: string): boolean => CONTACT.test(text);

/**
 * The User-Agent that the SEC requires: a name and a mail address (sec.gov, "Accessing EDGAR data"). The error does not
 * repeat the contact.
 * @throws EdgarError (`contact`) if it is missing or not of the form "Name contact@domain".
 */
export const userAgentOf = (contact: string | undefined): string => {
  const given = contact?.trim() ?? '';
  if (isContact(given)) return given;
  const what = given === '' ? 'is missing' : 'is not a name and an e-mail address';
  throw new EdgarError(
    'contact',
    `EDGAR_CONTACT ${what}; the SEC requires it for EDGAR access. Set it to something like "Jane Roe jane.roe@example.com"`,
  );
};
