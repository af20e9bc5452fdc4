import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { Broken } from './shell/Broken';
import { Blank } from './shell/Blank';

/* The route table. Every page is a file of its own, fetched when it is first gone to. */

const open: RouteObject[] = [
  { path: 'login', lazy: () => import('./pages/account/Login') },
  { path: 'register', lazy: () => import('./pages/account/Register') },
  { path: 'forgot-password', lazy: () => import('./pages/account/ForgotPassword') },
  { path: 'reset-password', lazy: () => import('./pages/account/ResetPassword') },
  { path: 'verify-email', lazy: () => import('./pages/account/VerifyEmail') },
  { path: 'rsvp', lazy: () => import('./pages/rsvp/Rsvp') },
];

const signedIn: RouteObject[] = [
  { index: true, lazy: () => import('./pages/dashboard/Dashboard') },
  { path: 'calendar', lazy: () => import('./pages/calendar/Calendar') },
  { path: 'find-a-time', lazy: () => import('./pages/find-a-time/FindATime') },
  { path: 'availability', lazy: () => import('./pages/availability/Availability') },
  { path: 'meetings', lazy: () => import('./pages/meetings/MeetingList') },
  { path: 'meetings/new', lazy: () => import('./pages/meetings/NewMeeting') },
  { path: 'meetings/:id', lazy: () => import('./pages/meetings/MeetingPage') },
  { path: 'meetings/:id/edit', lazy: () => import('./pages/meetings/EditMeeting') },
  { path: 'settings', lazy: () => import('./pages/settings/Settings') },
  { path: 'settings/ways-in', lazy: () => import('./pages/settings/ways-in/WaysIn') },
  { path: 'settings/calendars', lazy: () => import('./pages/settings/calendars/Calendars') },
  { path: 'settings/security', lazy: () => import('./pages/settings/security/Security') },
  { path: 'import', lazy: () => import('./pages/import/Import') },
];

const administration: RouteObject[] = [
  { index: true, element: <Navigate to="people" replace /> },
  { path: 'people', lazy: () => import('./pages/admin/People') },
  { path: 'meetings', lazy: () => import('./pages/admin/Meetings') },
  { path: 'outbox', lazy: () => import('./pages/admin/Outbox') },
  { path: 'jobs', lazy: () => import('./pages/admin/Jobs') },
  { path: 'health', lazy: () => import('./pages/admin/Health') },
  { path: 'audit', lazy: () => import('./pages/admin/Audit') },
];

export const router = createBrowserRouter([
  {
    errorElement: <Broken />,
    HydrateFallback: Blank,
    children: [
      { index: true, lazy: () => import('./pages/Start') },
      { lazy: () => import('./pages/account/AccountFrame'), children: open },
      { path: 'dashboard', lazy: () => import('./shell/Shell'), children: signedIn },
      { path: 'admin', lazy: () => import('./shell/Shell'), children: [{ lazy: () => import('./pages/admin/AdminFrame'), children: administration }] },
      { path: '*', lazy: () => import('./pages/NotFound') },
    ],
  },
]);
