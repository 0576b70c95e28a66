/** A query that a page asks, with its place. */
interface PageQuery {
    readonly name: string;
    readonly file: string;
    readonly line: number;
    readonly sql: string;
}

/** `pages/sales/lead.md` -> `/sales/lead`. */
export function routeOf(file: string): string {
    return file.replaceAll('\\', '/').replace(/^pages|(\/index)?\.md$/g, '') || '/';
}

/** The queries of a page, in their order. */
export function queriesOf(file: string, text: string): readonly PageQuery[] {
    return [...text.matchAll(/^```sql +(\w+)\n([\s\S]*?)^```/gm)].map((match) => ({
        file,
        name: match[1] ?? '',
        sql: match[2] ?? '',
        line: text.slice(0, match.index).split('\n').length,
    }));
}

/** A query with the page's other queries in place of their names and null in place of parameters. */
export function inlined(query: PageQuery, queries: readonly PageQuery[]): string {
    return query.sql
        .replace(/'\$\{[^}]*\}'/g, 'null')
        .replace(/\$\{([^}]*)\}/g, (_, expression: string) => {
            const other = queries.find((one) => one.name === expression.trim());
            return other ? `(${inlined(other, queries)})` : 'null';
        });
}
