import { join } from 'node:path';
import type { CsvFormat } from '../../config-schema.ts';
import { type SourceFile, sqlName, sqlText } from '../../contracts/batch.ts';
import type { LineEnd } from '../../csv-records.ts';
import type { CompileContext } from './compile-context.ts';
import { explainCsvError } from './csv-error.ts';
import { type CsvFile, noHeader, prepareCsv, sourceFile } from './csv-file.ts';
import { findLongRow, findOddRow, findOtherLineEnd } from './csv-odd-rows.ts';
import type { FoundFile } from './find-files.ts';
import { jsonObject, type Layout, literalPath } from './layout.ts';

/**
 * A quarter of the engine's own choice: many of them fit into the memory limit, and larger ones
 * are given back to the system and asked for again, which takes time.
 */
const bufferBytes = 8 * 1024 * 1024;

/** The engine wants it written with backslashes. */
const lineEndSql: Record<LineEnd, string> = { '\r\n': `'\\r\\n'`, '\n': `'\\n'`, '\r': `'\\r'` };

/** Reads the headers and groups neighbouring files that look alike into one layout each. */
export async function csvLayouts(
    { files, scratchDirectory, onNote }: CompileContext,
    format: CsvFormat,
): Promise<readonly Layout[]> {
    const groups: CsvFile[][] = [];
    const withoutHeader: FoundFile[] = [];
    for (const [index, found] of files.entries()) {
        const file = await prepareCsv(found, format, join(scratchDirectory, `${index}.csv`));
        if (!file) {
            withoutHeader.push(found);
            continue;
        }
        const group = groups.at(-1);
        if (group?.[0] && looksLike(group[0], file)) group.push(file);
        else groups.push([file]);
    }
    if (groups.length === 0 && withoutHeader[0]) throw noHeader(withoutHeader[0], format);
    for (const { name } of withoutHeader) {
        onNote(`${name} ends above line ${format.header_row}: taken for a report without rows`);
    }
    return groups.map((group) => layoutOf(group, format));
}

function looksLike(left: CsvFile, right: CsvFile): boolean {
    return (
        left.delimiter === right.delimiter &&
        left.skippedLines === right.skippedLines &&
        left.header.lineEnd === right.header.lineEnd &&
        left.header.fields.join('\n') === right.header.fields.join('\n')
    );
}

function layoutOf(group: readonly CsvFile[], format: CsvFormat): Layout {
    const [{ header, delimiter, skippedLines }] = group as [CsvFile, ...CsvFile[]];
    const files = group.map((file) => sourceFile(file, format));
    const position = new Map(header.fields.map((name, index) => [name, `c${index}`]));
    const cell = (name: string) => sqlName(position.get(name) ?? name);
    const paths = group.map((file) => sqlText(literalPath(file.readPath)));
    const types = header.fields.map((_, index) => `'c${index}': 'varchar'`);
    // Left to itself, the engine takes the first line break for it, which may stand inside a cell.
    const lineEnd = header.lineEnd ? [`new_line = ${lineEndSql[header.lineEnd]}`] : [];
    const nulls = ['', ...format.null_values].map(sqlText);
    const options = [
        'auto_detect = false',
        'header = false',
        `skip = ${skippedLines}`,
        `delim = ${sqlText(delimiter)}`,
        `quote = ${sqlText(format.quote)}`,
        `escape = ${sqlText(format.quote)}`,
        `nullstr = [${nulls.join(', ')}]`,
        `columns = {${types.join(', ')}}`,
        `buffer_size = ${bufferBytes}`,
        ...lineEnd,
        // Several threads cannot tell a short row from a line break inside a cell.
        ...(format.short_rows ? ['null_padding = true', 'parallel = false'] : []),
    ];
    return {
        files,
        relation: `read_csv([${paths.join(', ')}], ${options.join(', ')})`,
        columns: header.fields,
        text: cell,
        title: (begin) => titleSql(group, begin),
        numbers: {
            decimalSeparator: format.decimal_separator,
            thousandsSeparator: format.thousands_separator,
        },
        nullValues: format.null_values.map((word) => word.trim()),
        extra: (used) => {
            const names = [...position.keys()].filter((name) => name && !used.includes(name));
            return names.length === 0 ? 'null' : jsonObject(names, names.map(cell));
        },
        source: [...position.keys()].map(cell),
        raw: (source) => jsonObject([...position.keys()], source),
        megabytesPerThread: 40,
        explainError: (error) =>
            explainCsvError(error, {
                files: group.map((file, index) => ({
                    readPath: file.readPath,
                    source: files[index] as SourceFile,
                    findOddRow: () => findOddRow(file, format),
                    findLongRow: (longest) => findLongRow(file, format, longest),
                    findOtherLineEnd: () => findOtherLineEnd(file, format),
                })),
                headerLines: skippedLines,
                encoding: format.encoding,
            }),
    };
}

function titleSql(group: readonly CsvFile[], begin: string): string | undefined {
    const said = group.map(({ titles }) => {
        const line = titles.find((one) => one.toLowerCase().startsWith(`${begin.toLowerCase()}:`));
        return line?.slice(begin.length + 1).trim();
    });
    if (said.some((one) => one === undefined)) return undefined;
    const cases = said.map((one, index) => `when ${index} then ${sqlText(one ?? '')}`);
    return `case file_index ${cases.join(' ')} end`;
}
