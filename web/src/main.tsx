import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './look/tokens.css';
import './look/base.css';
import { App } from './App';
import { watchLeaving } from './api/soon';
import { preferredLanguage, speak } from './words';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
watchLeaving();
await speak(preferredLanguage());
createRoot(root).render(<StrictMode><App /></StrictMode>);
