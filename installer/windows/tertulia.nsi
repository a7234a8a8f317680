; The Windows installer: for the user alone, so that no administrator is asked. Compiled by `python run.py package` on Windows, where the
; frozen folder is built; makensis reads it on Linux too, which the tests use. Told from outside: VERSION, FOLDER, ICON, LICENSE, TARGET.
Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!define NAME "Tertulia"
!define ID "org.tertulia.Tertulia"
!define COMMAND "tertulia.exe"
!define WINDOW "Tertulia window.exe"
!define SCHEME "tertulia"
!define BACKUP_ENDING ".tertulia-backup"
!define BACKUP_MIME "application/vnd.tertulia.backup"
!define PLAYBOOK_ENDING ".tertulia-playbook"
!define PLAYBOOK_MIME "application/vnd.tertulia.playbook+json"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"

!include "MUI2.nsh"
!include "FileFunc.nsh"

Name "${NAME}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${ID}" "Folder"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME}"
VIAddVersionKey "CompanyName" "The Tertulia authors"
VIAddVersionKey "LegalCopyright" "The Tertulia authors, MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!insertmacro MUI_PAGE_LICENSE "${LICENSE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SpanishInternational"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_LANGUAGE "SimpChinese"

!macro OpenWith ENDING MIME KIND
  WriteRegStr HKCU "Software\Classes\${ENDING}" "" "${ID}.${KIND}"
  WriteRegStr HKCU "Software\Classes\${ENDING}" "Content Type" "${MIME}"
  WriteRegStr HKCU "Software\Classes\${ID}.${KIND}" "" "${NAME} ${KIND}"
  WriteRegStr HKCU "Software\Classes\${ID}.${KIND}\DefaultIcon" "" "$INSTDIR\${COMMAND},0"
  WriteRegStr HKCU "Software\Classes\${ID}.${KIND}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
!macroend

!macro OpenNoMore ENDING KIND
  DeleteRegKey HKCU "Software\Classes\${ENDING}"
  DeleteRegKey HKCU "Software\Classes\${ID}.${KIND}"
!macroend

Section "Install"
  ; An older version's files must not lie beside the new one's. Data is elsewhere ($LOCALAPPDATA\tertulia).
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW}" "" "$INSTDIR\${COMMAND}" 0

  WriteRegStr HKCU "Software\${ID}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\${COMMAND}" "" "$INSTDIR\${COMMAND}"
  WriteRegStr HKCU "Software\Classes\${SCHEME}" "" "URL:${NAME}"
  WriteRegStr HKCU "Software\Classes\${SCHEME}" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\${SCHEME}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  !insertmacro OpenWith "${BACKUP_ENDING}" "${BACKUP_MIME}" "backup"
  !insertmacro OpenWith "${PLAYBOOK_ENDING}" "${PLAYBOOK_MIME}" "playbook"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Tertulia authors"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${COMMAND},0"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  ; Everything that was put there, and nothing of the user's: the profile is in another folder.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${COMMAND}"
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "Software\${ID}"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\${COMMAND}"
  DeleteRegKey HKCU "Software\Classes\${SCHEME}"
  !insertmacro OpenNoMore "${BACKUP_ENDING}" "backup"
  !insertmacro OpenNoMore "${PLAYBOOK_ENDING}" "playbook"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
