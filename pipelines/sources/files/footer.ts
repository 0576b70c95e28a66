import { ContractError } from '../../errors.ts';

/** More lines than this below the data are no footer: the pattern has met a row. */
const longestFooter = 50;

export interface Footer {
    readonly file: string;
    /** Matches the first line that is no data any more, without its quotes. */
    readonly pattern: string;
    /** Lines of `text` above the first data row. */
    readonly headerLines: number;
    readonly quote: string;
}

/**
 * The text above the footer.
 * @param onFooter told how many lines that are not blank the footer has
 * @throws ContractError when what follows the first line of the footer is too long to be one
 */
export async function* untilFooter(
    text: AsyncIterable<string>,
    { file, pattern, headerLines, quote }: Footer,
    onFooter?: (lines: number) => void,
): AsyncGenerator<string, void, undefined> {
    const begins = new RegExp(pattern, 'u');
    let line = 0;
    let isQuoted = false;
    let footerLine: number | undefined;
    let footerLines = 0;
    /** Whether a line is still data. */
    const isData = (content: string): boolean => {
        line += 1;
        const plain = content.replaceAll(quote, '').trim();
        if (footerLine === undefined && line > headerLines) {
            if (!isQuoted && begins.test(plain)) footerLine = line;
            else if ((content.length - content.replaceAll(quote, '').length) % 2 === 1) {
                isQuoted = !isQuoted;
            }
        }
        if (footerLine === undefined) return true;
        if (plain !== '') footerLines += 1;
        return false;
    };
    let rest = '';
    for await (const piece of text) {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        const data = lines.filter(isData);
        if (data.length > 0) yield `${data.join('\n')}\n`;
    }
    if (rest !== '' && isData(rest)) yield rest;
    if (footerLine !== undefined && footerLines > longestFooter) {
        throw new ContractError({
            what: `${file}: ${footerLines} lines follow the first one that matches footer.`,
            file,
            line: footerLine,
            expected: `a footer of at most ${longestFooter} lines at the end of the file`,
            got: `line ${footerLine} matches ${pattern}, and rows may follow it`,
            fix: 'write a footer that no row matches, or leave single rows out with skip_rows',
        });
    }
    onFooter?.(footerLines);
}
