export type ProductLine = 'gates' | 'parts';

export const PRODUCT_LINES: readonly ProductLine[] = ['gates', 'parts'];

/** Rows of company/product_lines.csv. */
export const PRODUCT_LINE_ROWS: readonly (readonly string[])[] = [
    ['gates', 'Gates', '2023-07-01', ''],
    ['parts', 'Spare parts', '2023-07-01', ''],
];
