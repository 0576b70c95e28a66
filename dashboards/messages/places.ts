import { IntlMessageFormat } from 'intl-messageformat';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/**
 * Names of the values an ICU text takes.
 * @throws SyntaxError for a text that is not ICU MessageFormat
 */
export function placesOf(text: string): ReadonlySet<string> {
    return new Set(partsOf(text).flatMap(namesIn));
}

/** Words, places and choices of an ICU text. */
export function partsOf(text: string): readonly Element[] {
    return new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst();
}

function namesIn(element: Element): readonly string[] {
    // Words and the # of a plural have no name.
    const own = element.type === 0 || element.type === 7 ? [] : [element.value];
    const inner =
        'options' in element
            ? Object.values(element.options).flatMap(({ value }) => value.flatMap(namesIn))
            : [];
    return [...own, ...inner];
}
