import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { ConfigError } from '../errors.ts';
import type { DealTable, DisputeTable, StatementDocument } from './statement-document.ts';

/** Files of a font. */
export interface FontFiles {
    readonly regular: string;
    readonly bold: string;
}

/** The font that comes with the product: Latin, Greek and Cyrillic. */
export function ownFont(): FontFiles {
    const require = createRequire(import.meta.url);
    const folder = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto');
    return { regular: join(folder, 'Roboto-Regular.ttf'), bold: join(folder, 'Roboto-Medium.ttf') };
}

/**
 * Makes the writer of statements as PDF; the same statement has the same bytes.
 * @throws ConfigError for a font that is not there
 */
export async function createPdfWriter(font: FontFiles = ownFont()) {
    // Loaded late: they are large, and hardly any command needs them.
    const [{ default: pdfmake }, fontkit] = await Promise.all([
        import('pdfmake'),
        import('fontkit'),
    ]);
    const files = [font.regular, font.bold];
    const missing = files.find((file) => !existsSync(file));
    if (missing !== undefined) {
        throw new ConfigError({
            what: `statement_font: there is no file ${missing}.`,
            fix: 'give the path of a TrueType or OpenType font, relative to the config file',
        });
    }
    pdfmake.setUrlAccessPolicy(() => false);
    pdfmake.setLocalAccessPolicy((path) => files.includes(path));
    const { regular, bold } = font;
    pdfmake.addFonts({
        Statement: { normal: regular, bold, italics: regular, bolditalics: bold },
    });
    const opened = fontkit.openSync(regular);
    if (!('hasGlyphForCodePoint' in opened)) {
        throw new ConfigError({
            what: `statement_font: ${regular} is a collection of fonts.`,
            fix: 'give the path of a file with one font in it',
        });
    }
    return async (document: StatementDocument): Promise<Uint8Array> => {
        const definition = definitionOf(document);
        assertPrintable(document, (sign) => opened.hasGlyphForCodePoint(sign));
        return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
    };
}

/** A sign that the font lacks would be printed as an empty box, and nobody would be told. */
function assertPrintable(document: StatementDocument, has: (sign: number) => boolean): void {
    const texts = [
        ...[document.title, document.company, document.footer, ...document.signatures],
        ...document.facts.flat(),
        ...document.lines.flatMap(({ label, explanation }) => [label ?? '', explanation ?? '']),
        ...document.deals.flatMap(({ title, rows }) => [title, ...rows.map(({ deal }) => deal)]),
        ...document.changes.rows.flatMap(({ line, why }) => [line, why]),
        ...document.disputes.rows.flat(),
    ];
    for (const text of texts) {
        const lacking = [...text].find((sign) => sign > ' ' && !has(sign.codePointAt(0) ?? 0));
        if (lacking === undefined) continue;
        throw new ConfigError({
            what: `The font of statements has no sign ${lacking}.`,
            expected: 'a font with every sign of names and texts',
            got: text,
            fix: 'name a font file that has it: statement_font of the config',
        });
    }
}

function definitionOf(document: StatementDocument): TDocumentDefinitions {
    const { columns } = document;
    const right = { alignment: 'right' } as const;
    const numbers = [columns.attainment, columns.factor, columns.amount];
    const blank: Content = { text: '' };
    return {
        info: {
            title: document.title,
            author: document.company,
            creationDate: document.at,
        },
        language: document.language,
        pageSize: 'A4',
        pageMargins: [48, 48, 48, 64],
        defaultStyle: { font: 'Statement', fontSize: 9 },
        ...(document.mark ? { watermark: { text: document.mark, opacity: 0.12 } } : {}),
        footer: (page, pages) => ({
            margin: [48, 16, 48, 0],
            fontSize: 7,
            columns: [
                { text: document.footer, width: '*' },
                { text: document.pageOf(page, pages), width: 'auto', ...right },
            ],
        }),
        content: [
            { text: document.company, fontSize: 10 },
            { text: document.title, fontSize: 16, bold: true, margin: [0, 2, 0, 12] },
            {
                layout: 'noBorders',
                table: {
                    widths: [110, '*'],
                    body: document.facts.map(([name, value]) => [
                        { text: name, color: '#555' },
                        value,
                    ]),
                },
                margin: [0, 0, 0, 14],
            },
            {
                layout: 'lightHorizontalLines',
                table: {
                    headerRows: 1,
                    dontBreakRows: true,
                    widths: ['*', 60, 50, 76],
                    body: [
                        [
                            { text: columns.line, bold: true },
                            ...numbers.map((text) => ({ text, bold: true, ...right })),
                        ],
                        ...document.lines.map((line) => [
                            {
                                stack: [
                                    line.label ?? '',
                                    ...[line.measured, line.explanation]
                                        .filter((text) => text !== undefined && text !== null)
                                        .map((text) => ({ text, fontSize: 7.5, color: '#555' })),
                                ],
                            },
                            {
                                text: line.attainment ? document.attainment(line.attainment) : '',
                                ...right,
                            },
                            { text: line.factor ? document.factor(line.factor) : '', ...right },
                            { text: document.amount(line.amount), ...right },
                        ]),
                        ...document.sums.map(({ label, amount }) => [
                            { text: label, bold: true },
                            blank,
                            blank,
                            { text: document.amount(amount), bold: true, ...right },
                        ]),
                    ],
                },
            },
            ...changeContent(document),
            ...document.deals.flatMap((table) => dealContent(table, document)),
            ...(document.disputes.rows.length > 0 ? disputeContent(document.disputes) : []),
            {
                unbreakable: true,
                margin: [0, 48, 0, 0],
                columnGap: 32,
                columns: document.signatures.map((text) => ({
                    stack: [
                        {
                            canvas: [
                                { type: 'line', x1: 0, y1: 0, x2: 225, y2: 0, lineWidth: 0.5 },
                            ],
                        },
                        { text, fontSize: 8, margin: [0, 4, 0, 0] },
                    ],
                })),
            },
        ],
    };
}

const heading = (text: string): Content => ({
    text,
    fontSize: 10,
    bold: true,
    margin: [0, 16, 0, 4],
});

function changeContent({ changes, amount }: StatementDocument): Content[] {
    const { title, note, columns, rows } = changes;
    const right = { alignment: 'right' } as const;
    if (note !== undefined) return [heading(title), { text: note, fontSize: 8 }];
    return [
        heading(title),
        {
            layout: 'lightHorizontalLines',
            fontSize: 8,
            table: {
                headerRows: 1,
                dontBreakRows: true,
                widths: [140, 56, 64, 56, '*'],
                body: [
                    [columns.line, columns.before, columns.now, columns.change, columns.why].map(
                        (text, index) => ({
                            text,
                            bold: true,
                            ...(index > 0 && index < 4 ? right : {}),
                        }),
                    ),
                    ...rows.map(({ line, before, now, change, why, isTotal: bold }) => [
                        { text: line, bold },
                        { text: amount(before), bold, ...right },
                        { text: amount(now), bold, ...right },
                        { text: amount(change), bold, ...right },
                        why,
                    ]),
                ],
            },
        },
    ];
}

function dealContent(
    { title, note, columns, rows, sum }: DealTable,
    { amount: written }: StatementDocument,
): Content[] {
    const right = { alignment: 'right' } as const;
    const bold = { bold: true } as const;
    return [
        heading(title),
        ...(note === undefined ? [] : [{ text: note, fontSize: 7.5, color: '#555' }]),
        {
            layout: 'lightHorizontalLines',
            fontSize: 8,
            table: {
                headerRows: 1,
                dontBreakRows: true,
                widths: ['*', 70, 70, 50, 76],
                body: [
                    [
                        { text: columns.deal, ...bold },
                        { text: columns.day, ...bold },
                        { text: columns.counted, ...bold, ...right },
                        { text: columns.rate, ...bold, ...right },
                        { text: columns.amount, ...bold, ...right },
                    ],
                    ...rows.map(({ deal, day, counted, rate, amount }) => [
                        deal,
                        day,
                        { text: counted === null ? '' : written(counted), ...right },
                        { text: rate, ...right },
                        { text: amount === null ? '' : written(amount), ...right },
                    ]),
                    ...(sum
                        ? [
                              [
                                  { text: sum.label, ...bold },
                                  '',
                                  '',
                                  '',
                                  { text: written(sum.amount), ...bold, ...right },
                              ],
                          ]
                        : []),
                ],
            },
        },
    ];
}

function disputeContent({ title, columns, rows }: DisputeTable): Content[] {
    return [
        heading(title),
        {
            layout: 'lightHorizontalLines',
            fontSize: 8,
            table: {
                headerRows: 1,
                dontBreakRows: true,
                widths: [100, 70, '*', 120],
                body: [
                    columns.map((text) => ({ text, bold: true })),
                    ...rows.map((row) => [...row]),
                ],
            },
        },
    ];
}
