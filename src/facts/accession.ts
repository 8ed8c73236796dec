/** The number of a filing: who filed it, in which year, and its place among theirs of that year. */
export interface Accession {
  /** "0000950170-24-087843" */
  readonly text: string;
  readonly filer: string;
  readonly year: string;
  readonly place: string;
}

/** The accession number in an address of EDGAR's; undefined for any other address. */
export const accessionIn = (url: string): Accession | undefined => {
  const [, filer, year, place] = /\/(\d{10})(\d{2})(\d{6})(?:\/|$)/.exec(url) ?? [];
  return filer && year && place ? { text: `${filer}-${year}-${place}`, filer, year, place } : undefined;
};
