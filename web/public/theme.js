// Before the first paint, so that a chosen theme does not flash. src/look/theme.ts writes the choice.
try {
  var theme = localStorage.getItem('convene.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch { /* Storage is forbidden: the system's theme it is. */ }
