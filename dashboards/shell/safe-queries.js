const PARAMETER = /\$\{\s*((?:inputs|params)\b[^}]*?)\s*\}/;
const QUOTED = /'\$\{\s*((inputs|params)\.[\w.]+)\s*\}'/g;

/**
 * Makes every filter and every part of the address in a page's queries a literal of SQL, by the one
 * function that knows how to quote. What stands there otherwise than `'${inputs.name.value}'` or
 * `'${params.name}'` stops the build: an id may hold an apostrophe, and a stranger writes addresses.
 *
 * @param {string} code of a page, its queries already in its script
 * @param {string} file
 */
export function quoteParameters(code, file) {
    return code.replace(/(<script(?![^>]*module)[^>]*>)([\s\S]*?)(<\/script>)/, (...found) => {
        const [, open, script, close] = found;
        const quoted = script.replace(QUOTED, literal);
        const loose = PARAMETER.exec(quoted);
        if (loose)
            throw new Error(
                `${file}: a query uses ${loose[0]}; write it as '\${inputs.name.value}' or '\${params.name}', with the quotes`,
            );
        return `${open}\nimport { idOfAddress, sqlText } from '$lib/sql-text.js';\n${quoted}${close}`;
    });
}

/**
 * @param {string} _match
 * @param {string} value
 * @param {string} kind
 */
const literal = (_match, value, kind) =>
    kind === 'params' ? `\${sqlText(idOfAddress(${value}))}` : `\${sqlText(${value})}`;
