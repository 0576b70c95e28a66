export type YamlValue = string | number | boolean | readonly YamlValue[] | YamlMap;
export interface YamlMap {
    readonly [key: string]: YamlValue;
}

export const generatedHeader =
    '# Rendered from pipelines/contracts by `npm run render`; edit the contract.\n';

/** Plain YAML of maps, lists and scalars; text is quoted where YAML would read it as something else. */
export function toYaml(value: YamlMap): string {
    return mapLines(value, '').join('\n').concat('\n');
}

function mapLines(map: YamlMap, indent: string): string[] {
    return Object.entries(map).flatMap(([key, value]) => entryLines(key, value, indent));
}

function entryLines(key: string, value: YamlValue, indent: string): string[] {
    const name = scalar(key);
    if (Array.isArray(value)) {
        if (value.length === 0) return [`${indent}${name}: []`];
        return [`${indent}${name}:`, ...value.flatMap((one) => itemLines(one, `${indent}  `))];
    }
    if (typeof value === 'object')
        return [`${indent}${name}:`, ...mapLines(value as YamlMap, `${indent}  `)];
    return [`${indent}${name}: ${scalar(value)}`];
}

function itemLines(item: YamlValue, indent: string): string[] {
    if (typeof item !== 'object' || Array.isArray(item))
        return [`${indent}- ${scalar(item as string)}`];
    const [first = '', ...rest] = mapLines(item as YamlMap, `${indent}  `);
    return [`${indent}- ${first.trimStart()}`, ...rest];
}

function scalar(value: string | number | boolean): string {
    if (typeof value !== 'string') return String(value);
    const isPlain =
        /^[A-Za-z_][A-Za-z0-9_ .,;()/%-]*$/.test(value) &&
        !/ $|^(yes|no|true|false|null|on|off|y|n)$/i.test(value);
    return isPlain ? value : `'${value.replaceAll("'", "''")}'`;
}
