import { Type } from 'apache-arrow';

/**
 * Rows of an Arrow table as the components expect them: an array with a hidden
 * `_evidenceColumnTypes` and dates as `Date` in UTC.
 *
 * @param {import('apache-arrow').Table | null | undefined} table
 * @returns {Record<string, unknown>[]}
 */
export function arrowTableToJSON(table) {
    if (table == null) return [];
    const rows = table.toArray();
    Object.defineProperty(rows, '_evidenceColumnTypes', {
        enumerable: false,
        value: table.schema.fields.map((field) => ({
            name: field.name,
            evidenceType: componentType(field.type),
            typeFidelity: 'precise',
        })),
    });
    convertFields(rows, table.schema.fields);
    return rows;
}

/** @param {import('apache-arrow').DataType} type */
function componentType(type) {
    switch (type.typeId) {
        case Type.Date:
            return 'date';
        case Type.Float:
        case Type.Int:
            return 'number';
        case Type.Bool:
            return 'boolean';
        default:
            return 'string';
    }
}

/**
 * @param {Record<string, any>[]} rows changed in place
 * @param {import('apache-arrow').Field[]} fields
 */
function convertFields(rows, fields) {
    const dates = fields.filter((field) => field.type.typeId === Type.Date);
    const lists = fields.filter((field) => field.type.typeId === Type.List);
    for (const row of rows) {
        // A missing date stays missing: new Date(null) would be 1 January 1970.
        for (const { name } of dates) row[name] = row[name] == null ? null : new Date(row[name]);
        for (const { name } of lists) row[name] = listToJSON(row[name]);
    }
}

/** @param {import('apache-arrow').Vector | null} vector */
function listToJSON(vector) {
    if (vector == null) return [];
    const items = Array.from(vector);
    convertFields(items, vector.type.children ?? []);
    return items;
}
