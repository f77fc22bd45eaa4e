/** Where the survey says on which terms its tiles are used. */
export const GSI_ABOUT = 'https://maps.gsi.go.jp/development/ichiran.html';
