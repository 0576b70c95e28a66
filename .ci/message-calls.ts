/** One `message('key', {...})` of a model or macro. */
export interface MessageCall {
    readonly key: string;
    readonly line: number;
    /** Names of the values; undefined where they are not written on the spot. */
    readonly values: ReadonlySet<string> | undefined;
}

/** Every call of the macro `message` in a file. */
export function* callsInSql(file: string): Generator<MessageCall> {
    const sql = file.replace(/\{#[\s\S]*?#\}/g, (comment) => comment.replace(/[^\n]/g, ' '));
    for (const { 1: key = '', index, 0: start } of sql.matchAll(/\bmessage\(\s*'([a-z0-9_.]+)'/g)) {
        const line = sql.slice(0, index).split('\n').length;
        yield { key, line, values: valuesOf(sql.slice(index + start.length)) };
    }
}

/** Every key by which `as_codes` names an id. */
export function* codesInSql(file: string): Generator<MessageCall> {
    for (const { 1: key = '', index } of file.matchAll(/\bas_codes\('[^']*', '([a-z0-9_.]+)'/g)) {
        const line = file.slice(0, index).split('\n').length;
        yield { key, line, values: new Set(['id']) };
    }
}

/** Names of the dictionary that may follow a key: `, {'count': ..., 'day': as_day('x')})`. */
function valuesOf(rest: string): ReadonlySet<string> | undefined {
    if (/^\s*\)/.test(rest)) return new Set();
    const opening = /^\s*,\s*\{/.exec(rest);
    if (opening === null) return undefined;
    const names = new Set<string>();
    let depth = 1;
    for (let at = opening[0].length; at < rest.length && depth > 0; at++) {
        const sign = rest[at] ?? '';
        if (sign === "'" || sign === '"') {
            const end = rest.indexOf(sign, at + 1);
            const isName = depth === 1 && /^\s*:/.test(rest.slice(end + 1));
            if (isName) names.add(rest.slice(at + 1, end));
            at = end;
        } else if ('{([~'.includes(sign)) depth += sign === '~' ? 0 : 1;
        else if ('})]'.includes(sign)) depth -= 1;
    }
    return names;
}
