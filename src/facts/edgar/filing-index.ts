/** Where a filing's documents are listed, on www.sec.gov. */
export const indexPath = (cik: number, accession: string): string =>
  `/Archives/edgar/data/${cik}/${accession.replaceAll('-', '')}/${accession}-index.htm`;

/**
 * The path of the first document of a type, such as "EX-99.1", in the page that lists a filing's documents; undefined if
 * the page names none. Each document is a row of a table: number, description, link, type, size.
 */
export const findDocument = (page: string, type: string): string | undefined => {
  for (const [, row = ''] of page.matchAll(/<tr\b[^>]*>([\s\S]*?)<\/tr>/gi)) {
    const cells = [...row.matchAll(/<td\b[^>]*>([\s\S]*?)<\/td>/gi)].map(([, cell = '']) => cell.trim());
    if (cells[3] !== type) continue;
    const [, path] = /href="(?:\/ix\?doc=)?(\/Archives\/edgar\/data\/[\w./-]+)"/i.exec(cells[2] ?? '') ?? [];
    if (path !== undefined) return path;
  }
  return undefined;
};
