/** Parameters that ad platforms add to a link, which name who was paid for the click. */
export const clickIds = [
    ...(['gclid', 'gbraid', 'wbraid', 'dclid', 'msclkid'] as const),
    ...(['yclid', 'fbclid', 'li_fat_id', 'ttclid', 'twclid'] as const),
] as const;
